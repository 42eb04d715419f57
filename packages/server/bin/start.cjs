/* Loads the bundle. In a file of its own, because a Node that is too old cannot even parse it. */
'use strict'

exports.start = (file) => import(require('node:url').pathToFileURL(file).href)
