// What the operator can do about a line of the log that says `error`: each such line carries one of these, or a sentence of its own. Rule X20.

export const hints = {
  database: 'Look whether the database runs, answers and has room on its disk: npm run doctor. What could not be written is tried again.',
  databaseOnce: 'Look whether the database runs, answers and has room on its disk: npm run doctor. What is told of here is not tried again.',
  disk: 'Make room on the disk of the data folder, or mend its rights: npm run doctor says which.',
  recordingDisk: 'Make room on the disk of the recordings, or mend its rights: npm run doctor says which. Classes go on without being recorded.',
  recordingFiles: 'Read what is left of it: npm run recordings -- verify. Bring back from a copy what it names.',
  remoteStore: 'Look whether the store of recordings is reached and lets in: npm run doctor. Until then they wait in their folder.',
  mediaWorker:
    'Its classes go on with another one by themselves. If it comes again: npm run doctor proves the worker; look in the kernel’s log for memory that ran out.',
  provider: 'Look at the settings of this provider under signIn.providers, and at its own log.',
  fault: 'Nothing is to be set: this is a fault of the program. Keep this line with those before it for whoever looks after Auditoria.',
} as const;
