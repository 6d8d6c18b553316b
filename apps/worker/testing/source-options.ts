import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { OrganizationId } from "@ringfence/core/ids";
import { openFiles } from "@ringfence/services/platform/files";
import { onTestFinished } from "vitest";
import type { SourceRequest } from "../src/sources/publication.ts";

/** Options to ask a source on this machine. */
export function createSourceOptions(
  host: string,
  more: Partial<SourceRequest> = {},
): SourceRequest {
  const folder = mkdtempSync(path.join(tmpdir(), "ringfence-files-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return {
    settings: { registriesFolder: null, privateHosts: [host] },
    files: openFiles(folder),
    organizationId: OrganizationId.parse("0190a000-0000-7000-8000-000000000001"),
    secret: null,
    known: null,
    signal: new AbortController().signal,
    ...more,
  };
}
