{
  "targets": [
    {
      "target_name": "schannel_dhe",
      "conditions": [
        ["OS=='win'", {
          "sources": [
            "native/addon.cc",
            "native/context_functions.cc",
            "native/contract_probe.cc",
            "native/file_replacement.cc",
            "native/machine_lock.cc",
            "native/registry.cc",
            "native/state_store.cc",
            "native/system_state.cc"
          ],
          "defines": [
            "BUILDING_NODE_EXTENSION",
            "NAPI_VERSION=8",
            "NODE_ADDON_API_CPP_EXCEPTIONS",
            "NOMINMAX",
            "UNICODE",
            "WIN32_LEAN_AND_MEAN",
            "WINVER=0x0602",
            "_WIN32_WINNT=0x0602"
          ],
          "include_dirs": ["<!(node -p \"require('node-addon-api').include_dir\")"],
          "libraries": ["advapi32.lib"],
          "win_delay_load_hook": "true",
          "msvs_settings": {
            "VCCLCompilerTool": {
              "AdditionalOptions": ["/std:c++17", "/W4", "/WX", "/sdl", "/guard:cf", "/Brepro"],
              "ExceptionHandling": 1
            },
            "VCLinkerTool": {
              "AdditionalOptions": ["/DYNAMICBASE", "/NXCOMPAT", "/guard:cf", "/Brepro"]
            }
          }
        }, {
          "type": "none"
        }]
      ]
    }
  ]
}
