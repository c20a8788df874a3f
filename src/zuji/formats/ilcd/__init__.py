"""ILCD 1.1 and eILCD: packages of XML data sets, read and written."""
