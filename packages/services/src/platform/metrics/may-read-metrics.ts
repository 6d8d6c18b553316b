// oxlint-disable-next-line house/no-ambient-input -- compares, and makes nothing up
import { timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";

export type MetricsAccess = {
  /** `METRICS_TOKEN`. */
  token: string | undefined;
  /** True if callers reach this program through a proxy, by its settings. */
  isBehindProxy: boolean;
};

/**
 * Tells who may read metrics. With a token configured, callers must send it (`Authorization: Bearer …`). Without one,
 * they must be on this host, and nobody gets metrics if the program is behind a proxy: a proxy on this host can forward
 * a request that looks local, because the caller chooses `Host`, and many proxies add no header.
 */
export const mayReadMetrics = (
  request: IncomingMessage,
  { token, isBehindProxy }: MetricsAccess,
): boolean => (token === undefined ? !isBehindProxy && isLocal(request) : hasToken(request, token));

const LOOPBACK = /^(127\.|::1$|::ffff:127\.)/;

/** Headers that proxies add to a request. */
const PROXY_HEADERS =
  /^(forwarded|via|x-forwarded\b.*|x-real-ip|x-client-ip|x-cluster-client-ip|x-original-.*|x-envoy-.*|true-client-ip|cf-.*|cdn-loop|fastly-.*)$/;
const LOCAL_HOST = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:\d+)?$/i;

/**
 * True if the request comes from this host, names it, and shows no sign of a proxy: no header of one, and not HTTP/1.0.
 * nginx by default adds no header and names this host, but it speaks HTTP/1.0, which Prometheus does not.
 */
const isLocal = ({ httpVersion, socket, headers }: IncomingMessage) =>
  httpVersion !== "1.0" &&
  LOOPBACK.test(socket.remoteAddress ?? "") &&
  LOCAL_HOST.test(headers.host ?? "") &&
  !Object.keys(headers).some((name) => PROXY_HEADERS.test(name));

function hasToken({ headers }: IncomingMessage, token: string) {
  const [sent, expected] = [
    Buffer.from(headers.authorization ?? ""),
    Buffer.from(`Bearer ${token}`),
  ];
  return sent.length === expected.length && timingSafeEqual(sent, expected);
}
