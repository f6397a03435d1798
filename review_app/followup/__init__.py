"""After the opinion: replies of the organ, routes, measures, resolution."""
