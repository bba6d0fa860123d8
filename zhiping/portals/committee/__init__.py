"""Pages of the committee office: publicities, committees, meetings, results, the paper."""
