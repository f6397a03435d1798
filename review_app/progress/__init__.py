"""The steps of a review: what each state still lacks, and moving on."""
