// A thrown object that is no error
throw { code: 5, message: 'object thrown' }
