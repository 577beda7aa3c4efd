// What this process may do, and since when the system runs.
#pragma once

namespace schannel_dhe {

bool IsElevated();

// Milliseconds since the system started; sleep counts.
double Uptime();

}  // namespace schannel_dhe
