import { createHash } from "node:crypto";
import { globSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { answerKinds, closedHeaders, findAnswerKind, pagePolicy } from "./response-headers";

const policy = pagePolicy("abc", { isSecure: true, isDevelopment: false });
const app = path.resolve(import.meta.dirname, "../app");
/** The files of all pages and routes, such as `r/[receipt]/pdf/route.ts`. */
const files = globSync("**/{page.tsx,route.ts}", { cwd: app });
const isInWorkspace = (file: string) => file.startsWith("(workspace)/");
const toPath = (file: string) =>
  `/${path.dirname(file).replace(/^\(workspace\)\/?/, "")}`.replace(/^\/\.$/, "/");

describe("kinds of answers", () => {
  it("has a kind for each page and route outside the workspace, and for nothing else", () => {
    const outside = files.filter((file) => !isInWorkspace(file));
    const listed = new Set([...outside, "_next/static"].map((file) => file.split("/")[0]));
    expect(new Set(answerKinds.keys())).toEqual(listed);
  });

  it("treats every page of the workspace as a page of members", () => {
    const pages = files.filter(isInWorkspace);
    expect(pages.length).toBeGreaterThan(70);
    expect(pages.filter((file) => findAnswerKind(toPath(file)) !== "member")).toEqual([]);
  });

  it("treats routes as files, except five that belong to a public page", () => {
    const routes = files.filter((file) => file.endsWith("route.ts"));
    expect(routes.filter((file) => findAnswerKind(toPath(file)) !== "file").toSorted()).toEqual([
      "my/[organization]/data/route.ts",
      "my/[organization]/record/route.ts",
      "s/[link]/refuse/route.ts",
      "stop/[organization]/refuse/route.ts",
      "weekly-report/[link]/stop/route.ts",
    ]);
    const pages = files.filter((file) => file.endsWith("page.tsx"));
    expect(pages.filter((file) => findAnswerKind(toPath(file)) === "file")).toEqual([]);
  });

  it.each(["/", "/no-such-page", "//", "", "/constructor", "/S/abc"])(
    "treats %j, which is not public, as a page of members",
    (pathname) => expect(findAnswerKind(pathname)).toBe("member"),
  );
});

it("lets only pages of members use passkeys and the clipboard", () => {
  const member = closedHeaders("member")["permissions-policy"];
  expect(member).toContain("publickey-credentials-get=(self)");
  expect(member).toContain("camera=()");
  expect(closedHeaders("public")["permissions-policy"]).not.toContain("self");
  expect(closedHeaders("file")["permissions-policy"]).not.toContain("self");
});

it("allows sonner's style sheet and no other inline one", () => {
  const source = readFileSync(new URL(import.meta.resolve("sonner")), "utf8");
  const [, text = ""] = /__insertCSS\(("(?:[^"\\]|\\.)*")\)/.exec(source) ?? [];
  const hashes = ["", JSON.parse(text)].map(
    (sheet) => `'sha256-${createHash("sha256").update(sheet).digest("base64")}'`,
  );

  expect(policy).toContain(`style-src 'self' 'nonce-abc' ${hashes.join(" ")};`);
});

it("allows no requests to other hosts, and only scripts and styles of this response", () => {
  expect(policy).not.toMatch(/https?:|\*|unsafe/);
  expect(policy).toContain("default-src 'none'; script-src 'nonce-abc' 'strict-dynamic';");
  expect(policy).toContain("frame-ancestors 'none'; upgrade-insecure-requests");
});
