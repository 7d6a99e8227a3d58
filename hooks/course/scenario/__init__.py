"""Scenarios (情景模拟): branching dialogues in which the trainee chooses what to say."""
