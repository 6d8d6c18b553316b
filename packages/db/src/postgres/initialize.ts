import { spawnSync } from "node:child_process";
import { chownSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { CannotStart } from "./cannot-start.ts";
import { bareEnv, postgresUser } from "./postgres-user.ts";

/**
 * Creates the data of a server that requires the password. The folder gets its final name last, so it is
 * either complete or absent.
 */
export function initialize(bin: string, dataFolder: string, password: string) {
  const unfinished = `${dataFolder}-unfinished`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { mode: 0o700 });
  const passwordFile = path.join(mkdtempSync(`${unfinished}-`), "password");
  writeFileSync(passwordFile, password, { mode: 0o600 });
  for (const file of [unfinished, path.dirname(passwordFile), passwordFile]) giveAway(file);

  const { status, stderr, error } = spawnSync(
    path.join(bin, "initdb"),
    [
      `--pgdata=${unfinished}`,
      `--pwfile=${passwordFile}`,
      "--username=postgres",
      "--auth=scram-sha-256",
      "--encoding=UTF8",
      "--locale=C.UTF-8",
      "--no-sync",
    ],
    { ...postgresUser, encoding: "utf8", env: { ...bareEnv, PATH: process.env.PATH ?? "" } },
  );
  rmSync(path.dirname(passwordFile), { recursive: true });
  if (status !== 0) {
    rmSync(unfinished, { recursive: true });
    throw new CannotStart(`PostgreSQL could not make its data folder: ${error?.message ?? stderr}`);
  }
  renameSync(unfinished, dataFolder);
}

function giveAway(file: string) {
  if (postgresUser !== undefined) chownSync(file, postgresUser.uid, postgresUser.gid);
}
