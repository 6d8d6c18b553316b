import { expect, it } from "vitest";
import { safePath } from "./safe-path";

it.each(["/", "/registries", "/opt-outs?channel=agent", "/a//b"])("goes to %s", (path) => {
  expect(safePath(path)).toBe(path);
});

it.each([
  "//evil.example",
  "/\\evil.example",
  "/\t/evil.example",
  "https://evil.example/",
  "javascript:alert(1)",
  "evil",
  "http://ringfence.invalid/x",
  "",
  undefined,
  ["/a", "/b"],
])("does not go to %j", (from) => {
  expect(safePath(from)).toBe("/");
});
