"""The command line: the only part of archcode that touches files, terminal and clock."""
