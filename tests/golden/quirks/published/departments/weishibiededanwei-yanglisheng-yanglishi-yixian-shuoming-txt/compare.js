budgetsiteCompare(["weishibiededanwei-yanglisheng-yanglishi-yixian-shuoming-txt","未识别的单位（样例省/样例市/乙县/说明.txt）",[]]);
