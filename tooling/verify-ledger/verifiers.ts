import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import path from "node:path";

type Verdict = { accepts: boolean; says: string };

function run(command: string, args: readonly string[], env: Record<string, string> = {}): Verdict {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    env: { ...process.env, ...env },
    encoding: "utf8",
  });
  if (error) throw error;
  return { accepts: status === 0, says: `${stdout}${stderr}`.trim() };
}

const packages = "apt-get install litetlog golang-go golang-golang-x-mod-dev";

/** Verifiers from Debian, none of them written by us. */
export function buildVerifiers(folder: string) {
  const file = path.join(folder, "leaf");
  const verifier = path.join(folder, "verify");
  const source = path.join(import.meta.dirname, "verify.go");
  // Debian's Go packages lie where Go looked before it had modules.
  const build = run("go", ["build", "-o", verifier, source], {
    GO111MODULE: "off",
    GOPATH: "/usr/share/gocode",
    GOCACHE: path.join(folder, "go-cache"),
    GOFLAGS: "",
  });
  if (!build.accepts) throw new Error(`${build.says}\nInstall Debian's packages: ${packages}`);

  return {
    /** Runs `spicy-litetlog -verify` on one entry and its proof. */
    spicy(vkey: string, leaf: string, spicy: string): Verdict {
      writeFileSync(file, leaf);
      writeFileSync(`${file}.spicy`, spicy);
      return run("spicy-litetlog", ["-verify", vkey, file]);
    },
    /** Runs Go's sumdb packages on the whole log, as published in a folder. */
    go: (published: string, vkey: string): Verdict => run(verifier, [published, vkey]),
  };
}
