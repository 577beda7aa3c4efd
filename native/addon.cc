// The Node-API edge: JavaScript values in, JavaScript values out, failures as errors. Nothing else knows of JavaScript.
// Arguments were checked by lib/binding/native-binding.ts; a wrong type still ends in a TypeError, never in a crash.
#include <napi.h>

#include <memory>

#include "context_functions.h"
#include "contract_probe.h"
#include "file_replacement.h"
#include "machine_lock.h"
#include "registry.h"
#include "state_store.h"
#include "system_failure.h"
#include "system_state.h"

namespace schannel_dhe {
namespace {

// What one environment (the main thread, a worker) has of its own; there is no static state.
struct Environment {
  std::unique_ptr<ContextFunctions> functions;
  std::optional<MachineLock> lock;
};

Text TextArgument(const Napi::CallbackInfo& info, size_t index) {
  if (!info[index].IsString()) throw Napi::TypeError::New(info.Env(), "expected a string");
  return info[index].As<Napi::String>().Utf16Value();
}

uint32_t NumberArgument(const Napi::CallbackInfo& info, size_t index) {
  if (!info[index].IsNumber()) throw Napi::TypeError::New(info.Env(), "expected a number");
  return info[index].As<Napi::Number>().Uint32Value();
}

Environment& EnvironmentOf(const Napi::CallbackInfo& info) { return *info.Env().GetInstanceData<Environment>(); }

const ContextFunctions& FunctionsOf(const Napi::CallbackInfo& info) {
  Environment& environment = EnvironmentOf(info);
  if (!environment.functions) environment.functions = std::make_unique<ContextFunctions>();
  return *environment.functions;
}

Napi::Array ToArray(Napi::Env env, const std::vector<Text>& texts) {
  Napi::Array array = Napi::Array::New(env, texts.size());
  for (uint32_t index = 0; index < texts.size(); ++index) array[index] = Napi::String::New(env, texts[index]);
  return array;
}

Napi::Value EnumContextFunctions(const Napi::CallbackInfo& info) {
  return ToArray(info.Env(), FunctionsOf(info).Enumerate());
}

Napi::Value RemoveContextFunction(const Napi::CallbackInfo& info) {
  return Napi::Boolean::New(info.Env(), FunctionsOf(info).Remove(TextArgument(info, 0)));
}

Napi::Value AddContextFunction(const Napi::CallbackInfo& info) {
  FunctionsOf(info).Add(TextArgument(info, 0), NumberArgument(info, 1));
  return info.Env().Undefined();
}

Napi::Value ReadRegistryValue(const Napi::CallbackInfo& info) {
  const Napi::Env env = info.Env();
  const std::optional<RegistryKey> key = OpenKey(TextArgument(info, 0), KEY_QUERY_VALUE);
  const std::optional<RegistryValue> value =
      key ? ReadValue(*key, TextArgument(info, 1)) : std::optional<RegistryValue>{};
  if (!value) return env.Undefined();
  Napi::Uint8Array data = Napi::Uint8Array::New(env, value->data.size());
  std::copy(value->data.begin(), value->data.end(), data.Data());
  Napi::Object result = Napi::Object::New(env);
  result["type"] = Napi::Number::New(env, value->type);
  result["data"] = data;
  return result;
}

Napi::Value RegistryKeyWriteTime(const Napi::CallbackInfo& info) {
  const std::optional<double> time = KeyWriteTime(TextArgument(info, 0));
  return time ? Napi::Number::New(info.Env(), *time) : info.Env().Undefined();
}

Napi::Value Read(const Napi::CallbackInfo& info) {
  const std::optional<Text> text = ReadState(TextArgument(info, 0));
  return text ? Napi::String::New(info.Env(), *text) : info.Env().Undefined();
}

Napi::Value Write(const Napi::CallbackInfo& info) {
  WriteState(TextArgument(info, 0), TextArgument(info, 1));
  return info.Env().Undefined();
}

Napi::Value Delete(const Napi::CallbackInfo& info) {
  return Napi::Boolean::New(info.Env(), DeleteState(TextArgument(info, 0)));
}

Napi::Value List(const Napi::CallbackInfo& info) { return ToArray(info.Env(), ListStates()); }

// False where somebody holds it, this environment included.
Napi::Value Lock(const Napi::CallbackInfo& info) {
  Environment& environment = EnvironmentOf(info);
  if (!environment.lock) {
    environment.lock = AcquireMachineLock(NumberArgument(info, 0));
    if (environment.lock) return Napi::Boolean::New(info.Env(), true);
  }
  return Napi::Boolean::New(info.Env(), false);
}

Napi::Value Unlock(const Napi::CallbackInfo& info) {
  EnvironmentOf(info).lock.reset();
  return info.Env().Undefined();
}

Napi::Value ReplaceFileOn(const Napi::CallbackInfo& info) {
  const std::optional<Text> kept = info[2].IsUndefined() ? std::nullopt : std::optional<Text>(TextArgument(info, 2));
  ReplaceFileKeeping(TextArgument(info, 0), TextArgument(info, 1), kept);
  return info.Env().Undefined();
}

Napi::Value Elevated(const Napi::CallbackInfo& info) { return Napi::Boolean::New(info.Env(), IsElevated()); }

Napi::Value UptimeMilliseconds(const Napi::CallbackInfo& info) { return Napi::Number::New(info.Env(), Uptime()); }

Napi::Value Probe(const Napi::CallbackInfo& info) {
  const Napi::Env env = info.Env();
  const std::vector<ProbeAnswer> answers = ProbeContract(FunctionsOf(info));
  Napi::Array array = Napi::Array::New(env, answers.size());
  for (uint32_t index = 0; index < answers.size(); ++index) {
    Napi::Object answer = Napi::Object::New(env);
    answer["question"] = Napi::String::New(env, answers[index].question);
    answer["status"] = Napi::Number::New(env, static_cast<uint32_t>(answers[index].status));
    answer["size"] = Napi::Number::New(env, answers[index].size);
    array[index] = answer;
  }
  return array;
}

using Member = Napi::Value (*)(const Napi::CallbackInfo&);

// The one place where C++ exceptions become JavaScript's.
Napi::Value Call(Member member, const Napi::CallbackInfo& info) {
  const Napi::Env env = info.Env();
  try {
    return member(info);
  } catch (const SystemFailure& failure) {
    Napi::Error error = Napi::Error::New(env, failure.function);
    const bool is_status = failure.kind == SystemFailure::Kind::kNtStatus;
    error.Value()["kind"] = Napi::String::New(env, is_status ? "ntstatus" : "win32");
    error.Value()["functionName"] = Napi::String::New(env, failure.function);
    error.Value()["number"] = Napi::Number::New(env, failure.code);
    throw error;
  } catch (const Napi::Error&) {
    throw;
  } catch (const std::exception& exception) {
    throw Napi::Error::New(env, exception.what());
  }
}

template <Member member>
Napi::Value Edge(const Napi::CallbackInfo& info) {
  return Call(member, info);
}

template <Member member>
void Export(Napi::Object exports, const char* name) {
  exports[name] = Napi::Function::New<Edge<member>>(exports.Env(), name);
}

Napi::Object Initialize(Napi::Env env, Napi::Object exports) {
  env.SetInstanceData(new Environment());
  Export<EnumContextFunctions>(exports, "enumContextFunctions");
  Export<RemoveContextFunction>(exports, "removeContextFunction");
  Export<AddContextFunction>(exports, "addContextFunction");
  Export<ReadRegistryValue>(exports, "readRegistryValue");
  Export<RegistryKeyWriteTime>(exports, "registryKeyWriteTime");
  Export<Read>(exports, "readState");
  Export<Write>(exports, "writeState");
  Export<Delete>(exports, "deleteState");
  Export<List>(exports, "listStates");
  Export<Lock>(exports, "lock");
  Export<Unlock>(exports, "unlock");
  Export<ReplaceFileOn>(exports, "replaceFile");
  Export<Elevated>(exports, "isElevated");
  Export<Probe>(exports, "probeContract");
  Export<UptimeMilliseconds>(exports, "uptime");
  return exports;
}

}  // namespace
}  // namespace schannel_dhe

static Napi::Object InitializeModule(Napi::Env env, Napi::Object exports) {
  return schannel_dhe::Initialize(env, exports);
}

NODE_API_MODULE(schannel_dhe, InitializeModule)
