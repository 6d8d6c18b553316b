import { zip } from "../../../../tooling/demo/zip.ts";
import { type Instead, openSoapService } from "./soap-server.ts";

/** The organization and password that the service knows. */
export const ftcAccount = { organization: "12345678-12345", password: "down & load" };

/** The behavior of the service, as the test sets it. */
export type FtcWorld = {
  /** The text of the full list of each area code, and the day that stands in its name. */
  lists: Map<string, string>;
  day: string;
  /** The text of the changes since the last list that was given. */
  changes: string;
  /** Files given out today. */
  given: Set<string>;
  /** Number of times that a list of changes is still not ready. */
  pending: number;
  hadFullList: boolean;
  /** Open sessions; the service ends them at will. */
  sessions: Set<string>;
  certification: "Agree" | "needed";
  /** Turns the given file into something else, such as half of it. */
  spoil: (base64: string) => string;
  instead: Instead;
  /** The requests it received, in order. */
  asked: string[];
};

type Args = Record<string, string>;
const path = "/DownloadSvc/DownloadSvc.asmx";

/** The download service of the US registry, on this machine. */
export async function openFtcServer(more: Partial<FtcWorld> = {}, at?: number) {
  const world: FtcWorld = {
    lists: new Map(),
    day: "2026-8-5",
    changes: "",
    given: new Set(),
    pending: 0,
    hadFullList: false,
    sessions: new Set(),
    certification: "Agree",
    spoil: (base64) => base64,
    instead: () => false,
    asked: [],
    ...more,
  };
  const instead: Instead = (operation, response) => world.instead(operation, response);
  const answered = (name: string, answer: (args: Args) => object | string | boolean) =>
    [
      name,
      (args: Args) => {
        world.asked.push(name);
        const isOpen = name === "Login" || world.sessions.has(args["strSessionToken"] ?? "");
        const result = isOpen ? answer(args) : { code: "SessionExpired" };
        return { [`${name}Result`]: result };
      },
    ] as const;
  const port = Object.fromEntries([
    answered("Login", (args) => signIn(world, args)),
    answered("CanGetFullFile", () => true),
    answered("GetURLS", () => ({ string: offered(world) })),
    answered("GetDNCFileByUrl", ({ fileUrl = "" }) => give(world, fileUrl)),
    answered("SubmitDeltaFileRequest", () => submit(world)),
    answered("GetDeltaFileRequestStatus", () => nextStatus(world)),
    answered("GetDeltaFileUrl", () => ({
      code: "DownloadOK",
      value: fileUrl("delta", "C0FFEE.txt"),
    })),
  ]);
  const services = { DownloadSvc: { DownloadSvcSoap: port } };
  return { world, ...(await openSoapService("ftc.wsdl", services, { path, instead, port: at })) };
}

function signIn(world: FtcWorld, { strCoID, strCoPwd, userType, enumCertify }: Args) {
  if (strCoID !== ftcAccount.organization || strCoPwd !== ftcAccount.password) {
    return { code: "InvalidRequest" };
  }
  if (userType !== "Downloader" || enumCertify !== world.certification) {
    return { code: "CertificationNotAgreed" };
  }
  const token = `00000000-0000-4000-8000-${String(world.asked.length).padStart(12, "0")}`;
  world.sessions.add(token);
  return { code: "LoginOK", value: token };
}

const fileUrl = (folder: string, name: string) =>
  `https://telemarketing.donotcall.gov/${folder}/${name}`;
const fullUrl = (world: FtcWorld, area: string) =>
  fileUrl("full", `${world.day}_${area}_ABC123.txt.zip`);

function offered(world: FtcWorld) {
  if (world.lists.size === 0) return ["Invalid request."];
  return [...world.lists.keys()].map((area) => {
    const url = fullUrl(world, area);
    const told = "File was already downloaded Today.Only one download allowed per day per file";
    return world.given.has(url) ? `${area}:${told}` : url;
  });
}

function give(world: FtcWorld, url: string) {
  if (world.given.has(url)) return { code: "AlreadyDownloadedToday" };
  world.given.add(url);
  if (url.includes("/delta/"))
    return { code: "DownloadOK", value: packed(world, "C0FFEE.txt", world.changes) };
  const area = [...world.lists.keys()].find((area) => fullUrl(world, area) === url);
  const text = area === undefined ? undefined : world.lists.get(area);
  if (text === undefined) return { code: "InvalidRequest" };
  world.hadFullList = true;
  return { code: "DownloadOK", value: packed(world, `${world.day}_${area}_ABC123.txt`, text) };
}

function submit(world: FtcWorld) {
  if (!world.hadFullList) return { code: "NoFullDownloadPerformed" };
  if (world.given.has("changes")) return { code: "AlreadyDownloadedToday" };
  world.given.add("changes");
  return { code: "SubmitOK", value: "file-token-1" };
}

function nextStatus(world: FtcWorld) {
  if (world.pending > 0) {
    world.pending--;
    return { code: "RequestPending" };
  }
  return { code: world.changes === "" ? "NoChanges" : "RequestCompleted" };
}

const packed = (world: FtcWorld, name: string, text: string) =>
  world.spoil(zip({ [name]: Buffer.from(text) }).toString("base64"));
