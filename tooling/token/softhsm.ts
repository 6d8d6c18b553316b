import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, renameSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

/** Debian's package softhsm2. */
const library = "/usr/lib/softhsm/libsofthsm2.so";
const [tokenName, pin] = ["ringfence", "1234"];

/**
 * Creates in a folder a SoftHSM token with an Ed25519 pair, and the module with which an operator opens it. `pkcs11js`
 * is compiled there, as on an operator's machine.
 */
export function createSoftToken(folder: string) {
  const tokens = path.join(folder, "tokens");
  mkdirSync(tokens);
  const configuration = path.join(folder, "softhsm2.conf");
  writeFileSync(configuration, `directories.tokendir = ${tokens}\nlog.level = ERROR\n`);
  const environment = {
    SOFTHSM2_CONF: configuration,
    LEDGER_TOKENS: path.join(folder, "ledger-tokens.mjs"),
    LEDGER_TOKEN_LIBRARY: library,
    LEDGER_TOKEN: tokenName,
    LEDGER_TOKEN_PIN: pin,
  };
  const run = (program: string, ...args: string[]) =>
    execFileSync(program, args, { env: { ...process.env, ...environment }, cwd: folder });

  installPkcs11(folder, run);
  cpSync(
    path.resolve(import.meta.dirname, "../../docs/examples/ledger-tokens.mjs"),
    environment.LEDGER_TOKENS,
  );
  const secrets = ["--pin", pin, "--so-pin", "4321"];
  run("softhsm2-util", "--init-token", "--free", "--label", tokenName, ...secrets);
  run(process.execPath, path.join(import.meta.dirname, "generate-pair.mjs"), folder);
  const away = path.join(folder, "away");
  return {
    environment,
    /** Takes the token out of its slot. */
    remove: () => renameSync(tokens, away),
    putBack: () => renameSync(away, tokens),
  };
}

type Run = (program: string, ...args: string[]) => unknown;

const findPackage = (name: string) =>
  path.dirname(createRequire(import.meta.url).resolve(`${name}/package.json`));

/** Compiles `pkcs11js` as npm would, but with headers from the registry: node-gyp would download all of Node's. */
function installPkcs11(folder: string, run: Run) {
  const installed = path.join(folder, "node_modules/pkcs11js");
  cpSync(findPackage("pkcs11js"), installed, { recursive: true });
  const release = path.join(installed, "build/Release");
  mkdirSync(release, { recursive: true });
  const headers = [path.join(findPackage("node-api-headers"), "include"), `${installed}/includes`];
  const options = ["-shared", "-fPIC", "-std=c++17", "-w"];
  const definitions = ["-DNAPI_DISABLE_CPP_EXCEPTIONS", "-DNODE_GYP_MODULE_NAME=pkcs11"];
  const sources = ["dl", "common", "main"].map((name) => `${installed}/src/${name}.cpp`);
  const output = path.join(release, "pkcs11.node");
  const included = headers.map((header) => `-I${header}`);
  run("g++", ...options, ...definitions, ...included, ...sources, "-o", output);
}
