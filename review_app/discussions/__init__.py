"""What a panel talks about after all have signed: points tied to findings, threads, the agenda."""
