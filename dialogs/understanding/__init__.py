"""From words heard to an intent with slots: sound, names, times, numbers, intents, danger."""
