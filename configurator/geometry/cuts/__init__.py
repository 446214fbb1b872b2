"""One file per family of cuts; each turns an outline and proportions in mm into a faceted convex solid."""
