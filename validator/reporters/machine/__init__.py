"""Results for programs: JSON, CSV, SARIF, JUnit, GitHub, GitLab."""
