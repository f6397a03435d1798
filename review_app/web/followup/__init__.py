"""Pages after the opinion: the reviewed organ's reply, tasks, resolution, termination file."""
