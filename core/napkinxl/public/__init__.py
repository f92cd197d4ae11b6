"""What a script calls: functions that take scenarios, estimates or the path of a file, over what the package does."""
