"""The only package that knows Telegram, HTTP and the clock: channels, wiring, command line."""
