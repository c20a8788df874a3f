"""What is done with checks: kept, made again for many studies, studies begun from a rule."""
