"""The whole job on one case, step by step, as the people do it who may: one module per room of the process."""
