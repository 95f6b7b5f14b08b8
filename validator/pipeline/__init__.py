"""Many files: the cache is asked first, the rest given to processes here or on a cluster; answers come in the order of the inputs."""
