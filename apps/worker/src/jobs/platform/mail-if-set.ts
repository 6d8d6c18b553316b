import type { Post } from "@ringfence/services/message-sender";
import { NoCarrier } from "../../post/open-post.ts";

const saidOnce = new WeakSet<object>();

/**
 * Sends an alarm by mail. If no mail server is configured, logs that once: the page and webhooks
 * report the alarm all the same.
 */
export async function mailIfSet(post: Post, send: () => Promise<void>) {
  try {
    await send();
  } catch (error) {
    if (!(error instanceof NoCarrier)) throw error;
    if (saidOnce.has(post)) return;
    saidOnce.add(post);
    console.warn("No mail server is set (SMTP_URL, MAIL_FROM): alarms go by no mail");
  }
}
