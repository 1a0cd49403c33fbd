// Rules for the program of the web pages: modules, which pagehead/program.py joins in one script.
// Called by: npx --yes eslint@10.15.0 --config .eslint.config.mjs src/shekara
const browser = {
  window: "readonly", document: "readonly", location: "readonly", history: "readonly",
  performance: "readonly", navigator: "readonly", L: "readonly", Node: "readonly", Blob: "readonly",
  Response: "readonly", DecompressionStream: "readonly", TextDecoder: "readonly", atob: "readonly",
  URLSearchParams: "readonly", ResizeObserver: "readonly", requestAnimationFrame: "readonly",
  URL: "readonly", Image: "readonly", Option: "readonly", XMLSerializer: "readonly",
  EventSource: "readonly", getComputedStyle: "readonly", Path2D: "readonly",
  IntersectionObserver: "readonly",
  setTimeout: "readonly", clearTimeout: "readonly", setInterval: "readonly", clearInterval: "readonly",
};

export default [
  {
    files: ["**/*.js"],
    linterOptions: { reportUnusedDisableDirectives: "error" },
    languageOptions: { ecmaVersion: 2024, sourceType: "module", globals: browser },
    rules: {
      // Errors that a page would only show to its reader.
      "no-undef": "error", "no-unused-vars": "error", "no-redeclare": "error", "no-shadow": "error",
      "no-use-before-define": ["error", { functions: false, classes: false }],
      "no-dupe-keys": "error", "no-dupe-else-if": "error", "no-unreachable": "error",
      "no-fallthrough": "error", "no-self-assign": "error", "no-self-compare": "error",
      "no-const-assign": "error", "no-loss-of-precision": "error", "use-isnan": "error",
      "valid-typeof": "error", "no-cond-assign": "error", "no-constant-condition": "error",
      "no-empty": "error", "no-unused-expressions": ["error", { allowShortCircuit: true, allowTernary: true }], "array-callback-return": "error",
      "consistent-return": "off", eqeqeq: "error", "prefer-const": "error", "no-var": "error",
      "max-lines": ["error", 400],
      "max-len": ["error", { code: 120, ignoreStrings: true, ignoreTemplateLiterals: true }],
      // Text is never markup and never program.
      "no-eval": "error", "no-implied-eval": "error", "no-new-func": "error", "no-script-url": "error",
      "no-restricted-properties": [
        "error",
        { property: "innerHTML" }, { property: "outerHTML" }, { property: "insertAdjacentHTML" },
        { object: "document", property: "write" },
      ],
      "no-console": "error", "no-alert": "error", "no-debugger": "error",
    },
  },
];
