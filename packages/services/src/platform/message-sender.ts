/** Sends messages through a provider. Rejects if the provider did not accept the message. */
export type MessageSender = {
  sms: (message: { to: string; text: string }) => Promise<void>;
  /**
   * `unsubscribe` is the address to which a mail program posts when its button is pressed (RFC 8058). Only messages
   * about a consent and weekly reports have one.
   */
  email: (message: {
    to: string;
    subject: string;
    text: string;
    /** The same as `text`, for mail programs that show it. */
    html?: string;
    unsubscribe?: string;
    attachments?: readonly { name: string; type: string; content: string | Uint8Array }[];
  }) => Promise<void>;
};
