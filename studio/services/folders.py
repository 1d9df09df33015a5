"""Where the application keeps what belongs to no project, for rooms that may not open the store."""

from studio.storage.paths import cache_dir, config_dir, data_dir, log_dir

__all__ = ["cache_dir", "config_dir", "data_dir", "log_dir"]
