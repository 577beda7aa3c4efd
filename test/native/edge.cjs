// The Node-API edge on the fake Windows: whatever is thrown behind it is a JavaScript error, and Node lives on.
const assert = require('node:assert/strict');

const addon = require(process.argv[2]);
const read = (key) => addon.readRegistryValue(key, 'v');

assert.throws(() => read('throw length_error'), { name: 'Error', message: 'thrown by the fake' });
assert.throws(() => read('throw bad_alloc'), { name: 'Error', message: /alloc/ });
assert.throws(() => read('throw failure'), { kind: 'win32', functionName: 'RegOpenKeyExW', number: 5 });
assert.throws(() => addon.readRegistryValue(1), { name: 'TypeError', message: 'expected a string' });
assert.equal(read('nothing there'), undefined);
process.stdout.write('the edge holds\n');
