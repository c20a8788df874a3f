"""What makes a result repeatable: canonical bytes, digests, frozen snapshots and their recalculation."""
