import { globSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";

const folder = path.resolve(import.meta.dirname, "..");

/** Files with an action that one click can undo. Its inverse needs the same permission and takes effect at once. */
const undoable = [
  "features/audience/segment/builder/builder.tsx", // takes back an edit that is not saved yet
  "features/calling/violation/detail/settle.tsx",
  "features/desk/archive/archive-buttons.tsx",
  "features/desk/complaint/case/handling.tsx",
];

it("offers to undo only actions that have an inverse, and never an opt-out", () => {
  const found = globSync("**/*.{ts,tsx}", { cwd: folder }).filter((file) =>
    /useShowUndo|trpc\.undo|t\("undo"\)|useTranslations\("undo"\)/.test(
      readFileSync(path.join(folder, file), "utf8"),
    ),
  );
  const home = ["trpc/client.tsx", "trpc/undo.test.ts"];
  expect(found.toSorted()).toEqual([...undoable, ...home].toSorted());
  expect(found.filter((file) => /opt-out|stop|burst|suppression|number\/call/.test(file))).toEqual(
    [],
  );
});
