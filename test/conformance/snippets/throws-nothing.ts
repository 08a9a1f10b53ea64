// null thrown
throw null
