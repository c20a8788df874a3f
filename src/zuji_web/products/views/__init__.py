"""Pages of products: lists, beginning, files, the workbench, matching."""
