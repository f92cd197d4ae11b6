"""Formulas for every function that recalculation trusts, on one small sheet of data."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path
from typing import Final

from openpyxl import Workbook

DATA: Final = {
    "A1": 3.0,
    "A2": -1.5,
    "A3": 7.25,
    "A4": 4.0,
    "A5": 10.0,
    "A6": None,
    "A7": "text",
    "A8": True,
    "B1": "red",
    "B2": "blue",
    "B3": "Red",
    "B4": "green",
    "B5": "re",
    "B6": '=""',
    "B7": " a  b ",
    "B8": "0",
    "C1": 1.0,
    "C2": 2.0,
    "C3": 3.0,
    "C4": 4.0,
    "C5": 5.0,
    "C6": -100.0,
    "C7": 60.0,
    "C8": 70.0,
    "D1": datetime(2024, 1, 31),
    "D2": datetime(2023, 11, 5, 18, 30),
    "D3": "12.5",
    "D4": 0.1,
    "D5": 1e6,
}

# None holds a space outside a text, so that a line of them splits at spaces.
COMPARED: Final = r"""
ABS(A2) ABS(A6) CEILING(A3,2) CEILING(A2,1) CEILING(A3,1) FLOOR(A3,2) FLOOR(A2,1) EVEN(A3) EVEN(A2) EVEN(0) ODD(A2)
ODD(4) ODD(0) EXP(1) EXP(-A3) FACT(5) FACT(5.9) FACT(0) INT(A2) INT(A3) LN(A3) LOG(8,2) LOG(100) LOG10(A5) MOD(-7,3)
MOD(7,-3) MOD(7.5,2) MOD(3,0) MOD(-0.5,1) MROUND(A3,0.5) MROUND(-7,-2) MROUND(2.5,1) PI() POWER(2,10) POWER(-8,0.5)
QUOTIENT(-7,2) QUOTIENT(7.9,2) RADIANS(180) DEGREES(PI()) ROUND(A3,1) ROUND(2.5,0) ROUND(-2.5,0) ROUND(1234.5,-2)
ROUND(1.005,2) ROUND(2.675,2) ROUND(5.015,2) ROUND(1.15,1) ROUND(8.325,2) ROUNDDOWN(-3.79,1) ROUNDUP(3.21,1)
ROUNDUP(-3.21,0) SIGN(A2) SIGN(A6) SQRT(16) TRUNC(-3.79) TRUNC(3.79,1) SIN(1) COS(1) TAN(1) ATAN(1) ATAN2(1,2)
IF(A1>2,"y","n") IF(A6,1,2) IF(A1>5,1) IF(A1,,3) IF(B1="RED",1,0) IF(A6=0,1,0) IF(A6="",1,0) IF("a"<"B",1,0) IF("a">1,1,0)
IFERROR(1/0,5) IFERROR(A1,5) IFERROR(A6,2) IFNA(NA(),6) IFNA(1/0,6) NOT(A1) NOT(0) TRUE() FALSE() ISBLANK(A6) ISBLANK(B6)
ISERR(NA()) ISERR(1/0) ISERROR(NA()) ISLOGICAL(A8) ISNA(NA()) ISNUMBER(A1) ISNUMBER(B8) ISNUMBER(D1) ISTEXT(B8) ISTEXT(A6)
ISNONTEXT(A6) CHOOSE(2,"a","b") CHOOSE(4,1,2) CHOOSE(2.9,"a","b","c") IFS(A1>5,1,A1>2,2) IFS(FALSE,1) SWITCH(A4,3,"c",4,"d","z")
SWITCH(9,1,2) LEN(B7) LEN(A3) LEN(A6) LEN(1/3) LEN("Äb") LEFT(B1,2) LEFT(B1) LEFT(A3,3) RIGHT(B4,3) RIGHT(B1,9) MID(B4,2,3)
MID(B4,9,1) TRIM(B7) EXACT(B1,B3) EXACT(B1,"red") EXACT(1,"1") FIND("e",B1) FIND("x",B1) SEARCH("E",B1) SEARCH("r?d",B3)
SEARCH("b","ÄB") SUBSTITUTE(B4,"e","E") SUBSTITUTE(B4,"e","E",2) REPLACE(B4,1,2,"X") REPT("ab",3) REPT("ab",0) CHAR(65) CODE("A")
DATE(2024,2,30) DATE(2024,14,1) DATE(1999,12,31) DATE(2024,1,0) YEAR(D1) MONTH(D1) DAY(D1) EDATE(D1,1) EDATE(D1,-2) EDATE(D2,1)
EOMONTH(D1,1) EOMONTH(D2,-1) WEEKDAY(D1) WEEKDAY(D1,2) WEEKDAY(D1,3) WEEKDAY(D1,11) DAYS(D1,DATE(2023,11,5)) TIME(12,30,0) TIME(25,0,0)
D1-D2 D1+1 PMT(0.05/12,60,1000) PMT(0,10,100) PMT(0.05,10,1000,50,1) PV(0.05,10,-100) PV(0,10,-100) FV(0.05,10,-100,-5)
FV(0,10,-100) NPER(0.05,-100,800) NPER(0,-100,800) IPMT(0.05,2,10,1000) IPMT(0.05,1,10,1000,0,1) PPMT(0.05,2,10,1000)
RATE(10,-130,1000) RATE(10,-50,1000) SLN(100,10,5) SLN(100,10,0) NORM.S.DIST(1,TRUE) NORM.S.DIST(1,FALSE) NORM.S.INV(0.975)
NORMSINV(0.975) NORMSINV(0.5) NORMSINV(0.999999)
NORM.DIST(3,1,2,TRUE) NORM.INV(0.1,5,2) SUM(A1:A7) SUM(D1:D3) SUM(C:C) SUM(Z1:Z9) SUM((A1:A5)) AVERAGE(A1:A7) AVERAGE(B1:B4) AVERAGE(A6:A7)
MIN(A1:A8) MIN(A6:A7) MAX(A1:A8) MAX(B1:B3) MAX(A6) MAX(C:C,A1) COUNT(A1:A7) COUNT(D1:D5,"3") COUNTA(A1:B8) COUNTA(A6) PRODUCT(A1:A8)
MEDIAN(A1:A7) SUMSQ(A1:A5) STDEV(A1:A5) STDEV.S(A1:A5) STDEV.P(A1:A5) STDEVP(A1:A5) VAR(A1:A5) VAR.S(A1:A5) VAR.P(A1:A5) VARP(A1:A5)
GEOMEAN(C1:C5) HARMEAN(C1:C5) STDEV(A1) AND(A1>2,A4=4) AND(A1:A5) AND(TRUE,0) AND(A7,TRUE) OR(A6:A7,A1>9) OR(FALSE,0,1) OR(A7:A8)
CONCAT(B1:B4) CONCAT("a",A3) SUMPRODUCT(A1:A5,C1:C5) SUMPRODUCT((A1:A5>3)*C1:C5) SUMPRODUCT((B1:B5="red")*(C1:C5>1)*C1:C5)
SUMPRODUCT(--(A1:A5>3)) SUMPRODUCT(A1:A5*2+C1:C5) SUMPRODUCT(A1:A3,{1;2;3}) SUMPRODUCT(-A1:A5) SUMPRODUCT(A1:A5,C1:C4)
SUMPRODUCT((A1:A5>3)*(C1:E1>2)) SUMPRODUCT(A1:A5/C1:C5) SUMPRODUCT(A1:A5^2) SUMPRODUCT((A6:A6="")*1) SUMPRODUCT((A1:A5&""="3")*1)
SUMPRODUCT(A1) SUMPRODUCT(A1:A8*1) AVERAGEIF(A1:A5,">3") AVERAGEIF(B1:B5,"red",C1:C5) AVERAGEIF(A1:A5,">99") COLUMNS(A1:C2) ROWS(A1:C2)
ROWS(A:A) COUNTBLANK(A1:B8) COUNTIF(B1:B8,"re*") COUNTIF(A1:A7,">=4") COUNTIF(A1:A8,"<>4") COUNTIF(B1:B8,"r?d")
COUNTIF(A1:A8,A4) COUNTIF(B1:B8,"") COUNTIF(B1:B8,"~*") COUNTIF(A1:A8,"<>") HLOOKUP(2,A4:C8,3,FALSE) HLOOKUP("x",A1:C2,2,FALSE)
INDEX(A1:C5,2,3) INDEX(A1:A5,3) INDEX(A1:C1,2) INDEX(A1:A8,6) INDEX(C:C,3) IRR(C6:C8) LARGE(A1:A5,2) MATCH(4,C1:C5,0) MATCH("R*",B1:B5,0)
MATCH("GREEN",B1:B5,0) MATCH(9,A1:A5,0) MATCH(3,C:C,0) MATCH(TRUE,A1:A8,0) NPV(0.1,C6:C8) NPV(0.1,C6,C7,C8) PERCENTILE(A1:A5,0.3)
PERCENTILE.INC(A1:A5,0.9) QUARTILE(A1:A5,1) RANK(A1,A1:A5) RANK(A1,A1:A5,1) RANK.EQ(A4,A1:A5) SMALL(A1:A5,1) SUMIF(B1:B5,"red",C1:C5)
SUMIF(A1:A5,">3") SUMIF(A1:A5,"<"&A4,C1:C5) SUMIF(B1:B5,"<>red",C1:C5) SUMIF(B:B,"red",C:C) VLOOKUP(3,A1:C5,2,FALSE) VLOOKUP("RED",B1:C5,2,FALSE)
VLOOKUP(99,A1:C5,2,FALSE) VLOOKUP("r*",B1:C5,2,FALSE) VLOOKUP(3,A:C,3,FALSE) SUMIFS(C1:C5,B1:B5,"red",A1:A5,">3") SUMIFS(C1:C5,A1:A5,">=3")
AVERAGEIFS(C1:C5,A1:A5,">3") MAXIFS(C1:C5,B1:B5,"red") MINIFS(C1:C5,A1:A5,">5") MAXIFS(C1:C5,B1:B5,"none") COUNTIFS(B1:B5,"red",A1:A5,">3")
FIXED(1234.5678,1) FIXED(1234.5678,1,TRUE) FIXED(1234567.891) FIXED(-0.5,0) FIXED(2.5,0) FIXED(1234.5,-2) FIXED("x",1) FIXED(A6,1)
FIXED(-1234.5,0) FIXED(2.675,2) TEXT(1234.567,"0") TEXT(1234.567,"0.00") TEXT(1234567.5,"#,##0.0") TEXT(0.256,"0%") TEXT(0.2567,"0.0%")
TEXT(-1234.5,"#,##0") TEXT(2.5,"0") TEXT(1.005,"0.00") TEXT("x","0.0") TEXT(A6,"0.0") TEXT(D1,"yyyy-mm-dd") TEXT(0.00012,"0.0000")
1/0 A1+A6 A7+1 D3+1 A8+1 -A1^2 2^3^2 2^-1 -2^2 50% A1% 1=1 "a"="A" "ä"="Ä" A1<>A4 "1"=1 A6="" A6=0 A6=FALSE A1&B1 A3&"" 1/3&"" 0.1+0.2&""
100*1.1&"" PI()&"" 0.1+0.2 (1+2)*3 1E3+1 1.5E-3 B6&"x" "a""b" TRUE+TRUE --"3" 10^-3&"" 123456789012&"" A6&"x" IF(NA(),1,2) SUM(A1,NA())
0.1+0.2=0.3 0.1*3=0.3 0.1*3>0.3 A6>-1 A6<"a" B1>B2 "10">"9" 1%% 2*-3 -(-2) "3"*"4" "x"*1 A6/A1 A1/A6 A1=NA()
"""  # noqa: E501

# LibreOffice 7.4 lacks it.
XLOOKUPS: Final = """
XLOOKUP(7.25,A1:A5,C1:C5) XLOOKUP("GREEN",B1:B5,C1:C5) XLOOKUP(99,A1:A5,C1:C5,"none") XLOOKUP(99,A1:A5,C1:C5)
"""

# What Excel's documentation says, where LibreOffice answers otherwise: truth values in ranges are no numbers and come
# after texts, texts given as arguments are numbers, errors are told apart, a two-digit year belongs to the 1900s.
DOCUMENTED: Final[dict[str, float | str | bool]] = {
    'IF(TRUE>"z",1,0)': 1.0,
    "A8>A7": True,
    "TRUE=1": False,
    'A8&""': "TRUE",
    "SUM(A1:A8)": 22.75,
    "SUM(A1,A8)": 3.0,
    'SUM(A1,"2")': 5.0,
    "AVERAGE(A1:A8)": 4.55,
    "COUNT(A1:A8)": 5.0,
    'MAX("5",3)': 5.0,
    'COUNTIFS(A1:A8,">0")': 4.0,
    "SUMPRODUCT(A1:A8,C1:C8)": 87.75,
    'SUMPRODUCT(B1:B8="red")': 0.0,
    "SQRT(-1)": "#NUM!",
    "LN(0)": "#NUM!",
    "QUOTIENT(1,0)": "#DIV/0!",
    "MROUND(-7,2)": "#NUM!",
    "LARGE(A1:A5,9)": "#NUM!",
    "INDEX(A1:A5,9)": "#REF!",
    "VLOOKUP(3,C1:C5,2,FALSE)": "#REF!",
    "DATE(100,1,1)": 36526.0,
    "DATE(24,1,1)": 8767.0,
    'COUNTIF(A1:A8,"*")': 1.0,
    "COUNTBLANK(Z1:Z9)": 9.0,
}

# As Excel stores functions that it learnt after 2007; without the prefix LibreOffice does not know them.
_LATER: Final = re.compile(
    r"\b(CONCAT|DAYS|IFNA|IFS|MAXIFS|MINIFS|NORM\.(?:S\.)?(?:DIST|INV)|PERCENTILE\.INC|RANK\.EQ|STDEV\.[SP]|SWITCH"
    r"|VAR\.[SP]|XLOOKUP)\("
)


def write_formulas(path: Path, formulas: list[str]) -> Path:
    """The data, and in column H the formulas below each other, in a workbook without a value for any."""
    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.title = "S"
    for cell, value in DATA.items():
        sheet[cell] = value
    for row, formula in enumerate(formulas, start=1):
        sheet[f"H{row}"] = "=" + _LATER.sub(r"_xlfn.\1(", formula)
    workbook.save(path)
    return path
