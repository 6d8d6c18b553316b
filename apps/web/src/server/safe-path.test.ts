import { expect, it } from "vitest";
import { safePath } from "./safe-path";

it.each(["/", "/registries", "/opt-outs?channel=agent", "/a//b"])("accepts %s", (path) => {
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
])("rejects %j", (from) => {
  expect(safePath(from)).toBe("/");
});
