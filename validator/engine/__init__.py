"""One run of the rules over one subject: order, requirements, messages, places."""
