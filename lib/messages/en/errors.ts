import type { ErrorsMessages } from '../shape';

export const errors: ErrorsMessages = {
  error: {
    UNSUPPORTED_PLATFORM: ({ platform, architecture }) =>
      `Schannel is part of Windows, and this is ${platform} ${architecture}. Read a machine's export or snapshot with --from <file>, or use a simulated machine with --simulate <windows version>.`,
  },
};
