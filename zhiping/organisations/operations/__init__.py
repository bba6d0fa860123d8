"""What happens to bodies: `registering` and authorising employers, `staffing` them, `administering` all others."""
