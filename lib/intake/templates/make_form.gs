/**
 * Makes the student form, its spreadsheet and the tabs of Seat at the Table.
 *
 * Paste this into a new project at script.google.com, choose makeForm above and press Run.
 * Paste a newer file over it and run makeForm again to renew the questions about what the school
 * promised: the form, its answers and its address stay.
 */
const FORM = __FORM__;

const TAB_ROWS = 50;

function makeForm() {
  const kept = PropertiesService.getScriptProperties();
  const made = kept.getProperty('form');
  if (made) {
    const form = FormApp.openById(made);
    renewFollowUps(form);
    Logger.log('The questions about promises are renewed.\nForm: ' + form.getPublishedUrl());
    return;
  }
  const connected = openConnected();
  const spreadsheet = connected || makeSpreadsheet();
  const form = FormApp.create(FORM.title);
  setUp(form);
  addQuestions(form);
  form.setDestination(FormApp.DestinationType.SPREADSHEET, spreadsheet.getId());
  // Forms made by a script may start unpublished; older accounts have no such switch.
  if (form.setPublished) form.setPublished(true);
  kept.setProperty('form', form.getId());
  Logger.log(
    'Form for students: ' + form.getPublishedUrl() +
    '\nForm for you to look at: ' + form.getEditUrl() +
    '\n' + whichSpreadsheet(connected) + spreadsheet.getUrl() +
    '\n' + share(spreadsheet));
}

/** The spreadsheet that the app reads already, before it has a form; null where there is none. */
function openConnected() {
  if (!FORM.spreadsheet) return null;
  try {
    const spreadsheet = SpreadsheetApp.openById(FORM.spreadsheet);
    addTabs(spreadsheet);
    return spreadsheet;
  } catch (error) {
    return null;
  }
}

function makeSpreadsheet() {
  const spreadsheet = SpreadsheetApp.create(FORM.title);
  spreadsheet.setSpreadsheetTimeZone(Session.getScriptTimeZone());
  addTabs(spreadsheet);
  return spreadsheet;
}

function whichSpreadsheet(connected) {
  if (connected) return 'The answers come into the spreadsheet that the app reads: ';
  if (!FORM.spreadsheet) return 'Spreadsheet, for secrets.toml: ';
  return 'The spreadsheet that the app reads now could not be written to, so this one was made. ' +
    'Put its address into secrets.toml in place of the other: ';
}

/** Nobody's address is asked for, and an answer is never changed afterwards. */
function setUp(form) {
  form.setDescription(FORM.description)
    .setConfirmationMessage(FORM.thanks)
    .setAllowResponseEdits(false)
    .setLimitOneResponsePerUser(false)
    .setProgressBar(true);
  form.setCollectEmail(false);
}

function addQuestions(form) {
  FORM.groups.forEach(question => addChoice(form, question));
  form.addGridItem()
    .setTitle(FORM.grid.title)
    .setRows(FORM.grid.rows)
    .setColumns(FORM.grid.columns);
  form.addPageBreakItem().setTitle(FORM.pages.words.title).setHelpText(FORM.pages.words.help);
  FORM.pickLists.forEach(question => addPickList(form, question));
  FORM.prompts.forEach(title => form.addParagraphTextItem().setTitle(title));
  form.addPageBreakItem().setTitle(FORM.pages.last.title).setHelpText(FORM.pages.last.help);
  FORM.trust.forEach(question => addChoice(form, question));
  addFollowUps(form, FORM.followUps.titles);
}

function addChoice(form, question) {
  form.addMultipleChoiceItem()
    .setTitle(question.title)
    .setChoiceValues(question.options)
    .setRequired(question.required);
}

function addPickList(form, question) {
  const atMost = FormApp.createCheckboxValidation()
    .requireSelectAtMost(question.atMost)
    .build();
  form.addCheckboxItem()
    .setTitle(question.title)
    .setChoiceValues(question.options)
    .setValidation(atMost);
}

function addFollowUps(form, titles) {
  titles.forEach(title => form.addMultipleChoiceItem()
    .setTitle(title)
    .setChoiceValues(FORM.followUps.options));
}

/** Questions about earlier promises leave the form; their answers stay in the spreadsheet. */
function renewFollowUps(form) {
  const asked = form.getItems().filter(item => isFollowUp(item.getTitle()));
  const wanted = FORM.followUps.titles;
  asked.filter(item => !wanted.includes(item.getTitle())).forEach(item => form.deleteItem(item));
  const kept = asked.map(item => item.getTitle());
  addFollowUps(form, wanted.filter(title => !kept.includes(title)));
}

function isFollowUp(title) {
  return title.startsWith(FORM.followUps.before) && title.endsWith(FORM.followUps.after);
}

/** The app's own tabs, each with its header row; the first takes the place of an empty sheet. */
function addTabs(spreadsheet) {
  const sheets = spreadsheet.getSheets();
  const blank = sheets.length === 1 && sheets[0].getLastRow() === 0 ? sheets[0] : null;
  const missing = FORM.tabs.filter(tab => !sheets.some(sheet => sheet.getName() === tab.name));
  missing.forEach((tab, index) => {
    const sheet = index === 0 && blank ? blank.setName(tab.name) : spreadsheet.insertSheet(tab.name);
    sheet.getRange(1, 1, 1, tab.header.length).setValues([tab.header]).setFontWeight('bold');
    sheet.setFrozenRows(1);
    // A spreadsheet has room for so many cells: leave it to the answers.
    if (sheet.getMaxRows() > TAB_ROWS) sheet.deleteRows(TAB_ROWS + 1, sheet.getMaxRows() - TAB_ROWS);
  });
}

function share(spreadsheet) {
  if (!FORM.serviceAccount) {
    return 'Now share the spreadsheet with the address of your service account, as an editor.';
  }
  try {
    spreadsheet.addEditor(FORM.serviceAccount);
    return 'Shared with ' + FORM.serviceAccount + '. Share it with nobody who may not read answers.';
  } catch (error) {
    return 'Not shared yet: share the spreadsheet with ' + FORM.serviceAccount + ', as an editor.';
  }
}
