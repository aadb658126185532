import type { Vocabulary } from './sentence.ts';

/** What the audit log says was done, a short sentence each. */
export const auditLabels: Vocabulary = {
  'label/audit-none': { en: 'The audit log has no such line.', nl: 'Het logboek heeft zo’n regel niet.' },
  'label/audit-title': {
    en: 'The audit log: {count} {count:line|lines}, {from} – {to}',
    nl: 'Het logboek: {count} {count:regel|regels}, {from} – {to}',
  },
  'label/audit-when': { en: 'when (UTC)', nl: 'wanneer (UTC)' },
  'label/audit-who': { en: 'who', nl: 'wie' },
  'label/audit-what': { en: 'what', nl: 'wat' },
  'label/audit-why': { en: 'why: {why}', nl: 'waarom: {why}' },
  'label/audit-decision-made': { en: '{stream}: {verdict}{part}', nl: '{stream}: {verdict}{part}' },
  'label/audit-decision-undone': {
    en: '{stream}: {verdict} taken back',
    nl: '{stream}: {verdict} ingetrokken',
  },
  'label/audit-decision-imported': {
    en: '{added} {added:decision|decisions} brought in, {undone} taken back; {streams} {streams:stream|streams} and {parties} {parties:party|parties} came to be or changed',
    nl: '{added} {added:beslissing|beslissingen} overgenomen, {undone} ingetrokken; {streams} {streams:stroom|stromen} en {parties} {parties:partij|partijen} kwamen erbij of veranderden',
  },
  'label/audit-party-added': { en: 'party {party} added', nl: 'partij {party} toegevoegd' },
  'label/audit-party-changed': { en: 'party {party} changed: {fields}', nl: 'partij {party} gewijzigd: {fields}' },
  'label/audit-party-removed': { en: 'party {party} removed', nl: 'partij {party} verwijderd' },
  'label/audit-party-assigned': { en: '{stream} is of {party}', nl: '{stream} is van {party}' },
  'label/audit-party-assigned-nobody': { en: '{stream} is nobody’s', nl: '{stream} is van niemand' },
  'label/audit-streams-renamed': { en: '{stream} is called {name}', nl: '{stream} heet {name}' },
  'label/audit-streams-renamed-back': {
    en: '{stream} goes by what is found of it again',
    nl: '{stream} heet weer naar wat ervan gevonden is',
  },
  'label/audit-streams-merged': { en: '{stream} became part of {into}', nl: '{stream} werd deel van {into}' },
  'label/audit-streams-unmerged': {
    en: '{stream} is a stream of its own again',
    nl: '{stream} is weer een stroom op zich',
  },
  'label/audit-streams-split': { en: '{stream} was taken out of {from}', nl: '{stream} werd uit {from} gehaald' },
  'label/audit-streams-unsplit': {
    en: '{stream} is part of {into} again',
    nl: '{stream} is weer deel van {into}',
  },
  'label/audit-declaration-imported': {
    en: '{added} {added:sender|senders} declared, {removed} taken out',
    nl: '{added} {added:afzender|afzenders} opgegeven, {removed} weggehaald',
  },
  'label/audit-declaration-removed': {
    en: 'declaration taken out: {sender}',
    nl: 'opgave weggehaald: {sender}',
  },
  'label/audit-catalogue-imported': {
    en: 'senders of one’s own: {added} added, {changed} changed, {removed} removed',
    nl: 'eigen afzenders: {added} toegevoegd, {changed} gewijzigd, {removed} verwijderd',
  },
  'label/audit-catalogue-removed': {
    en: 'senders of one’s own: {removed} removed',
    nl: 'eigen afzenders: {removed} verwijderd',
  },
  'label/audit-catalogue-map-imported': {
    en: 'map of reverse names {file}: {senders} {senders:sender|senders}',
    nl: 'lijst van reverse namen {file}: {senders} {senders:afzender|afzenders}',
  },
  'label/audit-catalogue-map-removed': {
    en: 'map of reverse names {file} taken away',
    nl: 'lijst van reverse namen {file} weggehaald',
  },
  'label/audit-acceptances-added': {
    en: '{domain}: {reason} accepted at the gate',
    nl: '{domain}: {reason} aanvaard bij de poort',
  },
  'label/audit-acceptances-withdrawn': {
    en: '{domain}: {reason} no longer accepted',
    nl: '{domain}: {reason} niet meer aanvaard',
  },
  'label/audit-plans-saved': {
    en: 'plan {id} kept: {domains} {domains:domain|domains}, {changes} changes of records',
    nl: 'plan {id} bewaard: {domains} {domains:domein|domeinen}, {changes} wijzigingen van records',
  },
  'label/audit-tasks-opened': { en: 'task {task} opened', nl: 'taak {task} geopend' },
  'label/audit-tasks-closed': { en: 'task {task} closed by the mail', nl: 'taak {task} gesloten door de mail' },
  'label/audit-tasks-reopened': { en: 'task {task} opened again', nl: 'taak {task} heropend' },
  'label/audit-tasks-changed': { en: 'task {task} changed: {fields}', nl: 'taak {task} gewijzigd: {fields}' },
  'label/audit-tasks-said-done': { en: 'task {task} said to be done', nl: 'taak {task} gedaan gemeld' },
  'label/audit-tasks-taken-back': {
    en: 'task {task} not done after all',
    nl: 'taak {task} toch niet gedaan',
  },
  'label/audit-portfolio-added': { en: '{domain} added to the domains', nl: '{domain} bij de domeinen gezet' },
  'label/audit-portfolio-changed': { en: '{domain} changed', nl: '{domain} gewijzigd' },
  'label/audit-portfolio-role': { en: '{domain} has the role {to}', nl: '{domain} heeft de rol {to}' },
  'label/audit-portfolio-removed': {
    en: '{domain} taken out of the domains',
    nl: '{domain} uit de domeinen gehaald',
  },
  'label/audit-settings-changed': { en: 'setting {name}: {from} → {to}', nl: 'instelling {name}: {from} → {to}' },
  'label/audit-counting-decided': {
    en: 'report {report}: {decided}',
    nl: 'rapport {report}: {decided}',
  },
  'label/audit-lookup-done': {
    en: '{addresses} {addresses:address|addresses} looked up',
    nl: '{addresses} {addresses:adres|adressen} opgezocht',
  },
  'label/audit-snapshot-kept': {
    en: '{answers} {answers:record|records} kept as {answers:it was|they were} on {day}, {changed} of them changed',
    nl: '{answers} {answers:record|records} bewaard zoals {answers:het was|ze waren} op {day}, waarvan {changed} veranderd',
  },
  'label/audit-retention-applied': {
    en: 'what is past its time went: {facts} {facts:row|rows}, {originals} {originals:original|originals}',
    nl: 'wat zijn tijd gehad heeft is weg: {facts} {facts:regel|regels}, {originals} {originals:origineel|originelen}',
  },
  'label/audit-history-filed-again': {
    en: 'the history was made again from the originals',
    nl: 'de historie is opnieuw gemaakt uit de originelen',
  },
};
