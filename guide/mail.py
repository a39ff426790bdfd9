"""Letters by SMTP, to whoever asked for one."""
