import type { EventLoggingMessages } from '../shape';

export const eventLogging: EventLoggingMessages = {
  logging: {
    level: (level, logsHandshakes) =>
      `EventLogging is ${level ?? 'not set, which means 1'}: Schannel ${logsHandshakes ? 'logs' : 'does not log'} what is negotiated (event 36880).`,
    wrongType: (found) =>
      `EventLogging is a ${found} and should be a REG_DWORD. Nothing was changed: delete the value, or correct it, and try again.`,
    awaitsRestart: {
      yes: 'It was changed since Windows started, and takes effect with the next restart.',
      unknown:
        'Something in its key was written since Windows started: if it was this value, it takes effect with the next restart.',
    },
    set: (startedAt, before) =>
      `This tool set it on ${startedAt}; before, it was ${before ?? 'not set'}. "evidence --logging off" puts that back.`,
    until: (time) =>
      `Wanted until ${time}. Nothing runs in the background and puts it back by itself: from then on, "status" says that the time is over.`,
    isOver: (time) => `Wanted until ${time}, which is over: run "evidence --logging off", and restart Windows.`,
    changed: {
      on: 'EventLogging was set, read again and is as it should be.',
      off: 'EventLogging was put back, read again and is as before.',
    },
    done: {
      'not-ours': 'Nothing to do: it is on already. This tool did not set it, and will not put it back.',
      forgotten: 'Somebody set it since. It was left as it is, and is no longer for this tool to put back.',
      kept: 'Only the record was changed: the value is already as it should be.',
      'nothing-to-do': 'Nothing to do.',
    },
    costs: (megabytes) =>
      `What it costs: a restart now and another after it is put back, and an event for every handshake in the System log${megabytes === null ? '' : ` (at most ${megabytes} MB)`}. On a busy server that pushes older events of all kinds out within minutes or hours, and whatever collects the log has more to store.`,
    failedUndone: (cause) => `It failed and was undone; EventLogging is as before. ${cause}`,
    failedUndoIncomplete: (cause) =>
      `It failed and could not be undone. ${cause} Run: schannel-dhe evidence --logging status`,
    ask: {
      on: 'Have Schannel log every handshake, from the next restart on? [y/N] ',
      off: 'Put EventLogging back as it was? [y/N] ',
    },
  },
};
