"""nianbao: checks the annual reports that governments publish on how they disclose information."""

__version__ = "0.1.0"
