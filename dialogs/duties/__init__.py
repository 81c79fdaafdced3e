"""What happens when something is due; one module and one .toml a kind."""
