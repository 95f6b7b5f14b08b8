"""Many files: asked of the cache first, the rest given to processes beside this one or to a cluster, the answers in the order of the inputs."""
