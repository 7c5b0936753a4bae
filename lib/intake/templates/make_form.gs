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
  const spreadsheet = SpreadsheetApp.create(FORM.title);
  spreadsheet.setSpreadsheetTimeZone(Session.getScriptTimeZone());
  addTabs(spreadsheet);
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
    '\nSpreadsheet, for secrets.toml: ' + spreadsheet.getUrl() +
    '\n' + share(spreadsheet));
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

/** The app's own tabs, each with its header row; the first takes the place of the empty sheet. */
function addTabs(spreadsheet) {
  FORM.tabs.forEach((tab, index) => {
    const sheet = index === 0
      ? spreadsheet.getSheets()[0].setName(tab.name)
      : spreadsheet.insertSheet(tab.name);
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
