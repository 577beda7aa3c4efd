import { loadNativeBinding } from '../../lib/binding/load-native-binding';
import { describeBindingContract } from '../contract/binding-contract';
import { denyWriting, resetMachine } from './machine';

const connect = (local: readonly string[]) => {
  resetMachine({ local });
  return loadNativeBinding();
};

describeBindingContract('the addon on Windows', {
  connect,
  connectWithoutRights: (local) => {
    resetMachine({ local });
    denyWriting();
    return loadNativeBinding();
  },
  connectAgain: loadNativeBinding,
  tellsElevation: false,
});
