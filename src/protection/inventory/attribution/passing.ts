// Who passes on what others wrote.
import type { Sender } from '../senders/index.ts';

/** Senders that take in mail for others and pass it on. */
export function isGateway({ category }: Sender): boolean {
  return category === 'security-gateway' || category === 'forwarder' || category === 'mailing-list';
}

/** Whether mail from a sender may be mail that its customers had forwarded. */
export function passesMailOn(sender: Sender): boolean {
  return (
    sender.passesOn !== undefined || sender.category === 'office' || sender.category === 'mailbox' || isGateway(sender)
  );
}
