"""Pages of the auditing bodies: acceptance points, industry authorities, human-resources authorities."""
