import { createSocket } from "node:dgram";
import { readFileSync, readdirSync } from "node:fs";
import { createServer } from "node:http";
import { createServer as createTcpServer } from "node:net";
import { expect, it, onTestFinished, vi } from "vitest";
import { chromiumOfTests } from "../../../testing/chromium-of-tests.ts";
import { renderForm } from "./render-form.ts";

const form = "<form method=post><label>Phone <input type=tel></label><button>Send</button></form>";

/** Reads the owner, command line and environment of a process, as far as this user may see it. */
function readProcess(pid: string) {
  try {
    const [status, command, environment] = ["status", "cmdline", "environ"].map((file) =>
      readFileSync(`/proc/${pid}/${file}`, "utf8"),
    );
    const [uid, parent] = [/^Uid:\s+(\d+)/m, /^PPid:\s+(\d+)/m].map((line) =>
      Number(line.exec(status ?? "")?.[1]),
    );
    return [
      { pid: Number(pid), parent, uid, command: command ?? "", environment: environment ?? "" },
    ];
  } catch {
    return []; // it ended, or is somebody else's
  }
}

/** The processes of the browser that this one has started. */
function startedProcesses() {
  const all = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap(readProcess);
  const isStartedBy = (pids: Set<number>) => {
    for (let size = 0; size !== pids.size;) {
      size = pids.size;
      for (const { pid, parent } of all) if (pids.has(parent ?? 0)) pids.add(pid);
    }
    return ({ pid }: { pid: number }) => pids.has(pid);
  };
  const browsers = all
    .filter(isStartedBy(new Set([process.pid])))
    .filter(({ command }) => command.includes("ringfence-browser-"))
    .map(({ pid }) => pid);
  return all.filter(isStartedBy(new Set(browsers)));
}

/** A page on this machine, until the test ends. */
async function servePage(body: string, onGet: () => void = () => {}) {
  const server = createServer((_, response) => {
    onGet();
    response.writeHead(200, { "content-type": "text/html" }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  return `127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
}

const look = (host: string) =>
  renderForm(chromiumOfTests(host), { url: `http://${host}/`, maySend: false });

it.runIf(process.platform === "linux")(
  "runs neither as root nor without its sandbox, and is told no secret of ours",
  async () => {
    vi.stubEnv("AUTH_SECRET", "a secret that no browser is told");
    vi.stubEnv("DATABASE_URL", "postgresql://me:secret@db/ringfence");
    onTestFinished(() => void vi.unstubAllEnvs());
    const seen: ReturnType<typeof startedProcesses> = [];
    const host = await servePage(form, () => void seen.push(...startedProcesses()));

    expect(await look(host)).toMatchObject({ outcome: "rendered" });

    expect(seen.some(({ command }) => command.includes("--type=renderer"))).toBe(true);
    for (const { uid, command, environment } of seen) {
      expect(uid).not.toBe(0);
      expect(command).not.toContain("--no-sandbox");
      expect(environment).not.toMatch(/AUTH_SECRET|DATABASE_URL|secret/);
    }
    expect(startedProcesses()).toEqual([]);
  },
);

it("reaches nobody by WebRTC: not by UDP, and not by TCP", async () => {
  const reached: string[] = [];
  const udp = createSocket("udp4");
  await new Promise<void>((resolve) => udp.bind(0, "127.0.0.1", resolve));
  udp.on("message", () => void reached.push("udp"));
  const tcp = createTcpServer(() => void reached.push("tcp"));
  await new Promise<void>((resolve) => tcp.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    udp.close();
    tcp.close();
  });
  const address = tcp.address();
  const tcpPort = typeof address === "object" ? address?.port : 0;
  const script = `
    const servers = [
      { urls: "stun:127.0.0.1:${udp.address().port}" },
      { urls: "turn:127.0.0.1:${udp.address().port}", username: "a", credential: "a" },
      { urls: "turn:127.0.0.1:${tcpPort}?transport=tcp", username: "a", credential: "a" },
    ];
    const peer = new RTCPeerConnection({ iceServers: servers });
    peer.createDataChannel("a");
    const found = document.querySelector("p");
    peer.onicecandidate = ({ candidate }) => {
      found.textContent += candidate ? " " + candidate.candidate : " gathered";
    };
    void peer.createOffer().then((offer) => peer.setLocalDescription(offer));`;
  const host = await servePage(`<p>candidates:</p>${form}<script>${script}</script>`);

  const rendered = await look(host);

  expect(rendered).toMatchObject({ outcome: "rendered" });
  expect(reached).toEqual([]);
});
